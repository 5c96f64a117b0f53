package module

import (
	"context"

	"github.com/evanw/esbuild/pkg/api"
)

// Translate makes one file the body of a function of exports, require and module, which
// is how require loads it. The error is that of Bundle.
func Translate(ctx context.Context, f File) (Code, error) {
	b := &build{entry: f, files: map[string]File{f.Name: f}}
	if err := f.check(); err != nil {
		return Code{}, &Error{File: f.Name, Message: err.Error()}
	}
	result, err := within(ctx, func() api.TransformResult {
		return api.Transform(withoutHashbang(f.Text), api.TransformOptions{
			Loader: loaderOf(f.Name), Format: api.FormatCommonJS, Platform: api.PlatformNeutral,
			Target: api.ESNext, Supported: lacks, TreeShaking: api.TreeShakingFalse,
			TsconfigRaw: noSettings, LegalComments: api.LegalCommentsNone, Charset: api.CharsetUTF8,
			Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude,
			Sourcefile: f.Name, LogLevel: api.LogLevelSilent, LogLimit: 1,
		})
	})
	if err != nil {
		return Code{}, err
	}
	if wrong := append(result.Errors, misleading(result.Warnings)...); len(wrong) > 0 {
		return Code{}, b.problem(wrong)
	}
	return b.code(string(result.Code), result.Map)
}
