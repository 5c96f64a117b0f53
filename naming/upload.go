package naming

import "fmt"

// CheckUpload refuses the name of a file that the archive would not take: new
// science files have versions of the form vMMM.mmmm.
func CheckUpload(path FilePath) error {
	if science, ok := path.(ScienceFilePath); ok && science.Version.Major == NoMajor {
		return fmt.Errorf("%s: a science file is uploaded with a version of the form vMMM.mmmm, such as v001.0001, not %s",
			path.Filename(), science.Version)
	}
	return nil
}
