package sdc

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"imapsh/sdc/internal/transport"
)

// get asks the API once, about a file where filePath is not empty. The response always has
// the status wanted; its body is the caller's to close.
func (c *Client) get(ctx context.Context, want int, endpoint string, parameters url.Values, filePath string) (*http.Response, error) {
	response, err := c.transport.Get(ctx, endpoint, parameters)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == want {
		return response, nil
	}
	defer transport.Drain(response)
	refused := c.transport.StatusError(response)
	e := errorOf(refused, c.reasonOfStatus(endpoint, refused))
	e.FilePath = filePath
	return nil, e
}

// storeRequest makes a request to an object store, at a URL that is itself the permission.
func (c *Client) storeRequest(ctx context.Context, method string, target *url.URL, body io.Reader) (*http.Request, error) {
	request, err := c.transport.NewRequest(ctx, method, target.String(), body)
	if err != nil {
		return nil, &Error{Endpoint: method + " at the object store", Detail: "the archive gave no URL that can be used", Reason: InvalidAnswer}
	}
	return request, nil
}
