package sdc

// Reason classifies an error by its cause, so that a program can say what to do about
// it in its own terms. The zero value means that no more is known than the error says.
type Reason string

// The reasons of an *Error.
const (
	NoCredential   Reason = "no_credential"    // the archive wants a credential, and there is none
	OtherOrigin    Reason = "other_origin"     // the credential was given for another URL and is not sent
	KeyRefused     Reason = "key_refused"      // the archive does not accept the API key
	KeyReadOnly    Reason = "key_read_only"    // the API key may read and not change anything
	TokenRefused   Reason = "token_refused"    // the archive does not accept the access token: it may have expired
	UploadNeedsKey Reason = "upload_needs_key" // uploads take an API key, and none was sent
	NotReleased    Reason = "not_released"     // the file is not public yet

	NotFound         Reason = "not_found"         // the archive has no such file
	AlreadyExists    Reason = "already_exists"    // the archive has a file of this name
	DifferentContent Reason = "different_content" // likewise, and its bytes differ
	Unconfirmed      Reason = "unconfirmed"       // the answer to an upload was lost, and the archive does not give the file out yet

	WrongURL      Reason = "wrong_url"       // the server has no such route: it is not the archive's API
	Unreachable   Reason = "unreachable"     // no answer came
	Certificate   Reason = "certificate"     // the server's certificate is not trusted
	OtherHost     Reason = "other_host"      // the server's certificate is for another host
	Expired       Reason = "expired"         // the server's certificate is not valid at this time
	ProxyRefused  Reason = "proxy_refused"   // a proxy does not accept the user, or does not allow the host
	ProxyFailed   Reason = "proxy_failed"    // a proxy cannot be reached, or reaches nothing
	Environment   Reason = "environment"     // a variable of the environment about proxies or certificates cannot be used
	Intercepted   Reason = "intercepted"     // something between here and the archive answered in its place
	InvalidAnswer Reason = "invalid_answer"  // the answer is not what the API promises
	Down          Reason = "down"            // the service failed
	Busy          Reason = "busy"            // the service asks to wait for longer than the client waits
	TooLarge      Reason = "too_large"       // the answer to a query is too large
	OverBudget    Reason = "over_budget"     // a query takes more requests or bytes than it may
	MaybeTooLarge Reason = "maybe_too_large" // the service failed, perhaps since the answer is too large

	StoreRefused Reason = "store_refused" // the object store refused a URL that the archive had just signed
	StoreFailed  Reason = "store_failed"  // the object store failed
	Interrupted  Reason = "interrupted"   // the transfer broke off, or the object changed under it
	Damaged      Reason = "damaged"       // the bytes that came are not the archive's
	StoredBadly  Reason = "stored_badly"  // the archive holds other bytes than were sent
)

// The reasons of other errors.
const (
	ReadOnly        Reason = "read_only"         // the client may not change the archive
	DataDirDenied   Reason = "data_dir_denied"   // the data directory may not be read or written
	CredentialInURL Reason = "credential_in_url" // the base URL holds a user or password
	DiskFull        Reason = "disk_full"         // there is no space left for the data
	ContentRefused  Reason = "content_refused"   // the content of a file is not what the guidelines or its name want
)
