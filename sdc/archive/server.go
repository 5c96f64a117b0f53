package archive

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// grace is how long requests may go on when a server is to stop.
const grace = 3 * time.Second

// Server serves an Archive on two origins: the API, and the object store on
// another port of the same host.
type Server struct {
	api, objects net.Listener
	publicURL    string // of the objects; empty: their listener's
	scheme       string
}

// ListenOptions say where a server listens.
type ListenOptions struct {
	Addr        string           // of the API, such as 127.0.0.1:8123; port 0 picks one
	ObjectsAddr string           // of the objects; empty: the same host, any port
	ObjectsURL  string           // base URL under which callers reach the objects; empty: the host of their request
	Certificate *tls.Certificate // nil: no TLS
}

// Listen opens the ports: that of the API at addr, such as 127.0.0.1:8123 (port
// 0 picks one), and one for the objects. Connections wait until [Server.Serve], so
// that the archive may be opened meanwhile.
func Listen(ctx context.Context, addr string) (*Server, error) {
	return ListenWith(ctx, ListenOptions{Addr: addr})
}

// ListenWith is Listen with more to say.
func ListenWith(ctx context.Context, o ListenOptions) (*Server, error) {
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	var config net.ListenConfig
	api, err := config.Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	objects, err := config.Listen(ctx, "tcp", cmp.Or(o.ObjectsAddr, net.JoinHostPort(host, "0")))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listening for the objects: %w", err), api.Close())
	}
	s := &Server{api, objects, strings.TrimSuffix(o.ObjectsURL, "/"), "http"}
	if o.Certificate != nil {
		s.scheme = "https"
		config := &tls.Config{Certificates: []tls.Certificate{*o.Certificate}, MinVersion: tls.VersionTLS12}
		s.api, s.objects = tls.NewListener(api, config), tls.NewListener(objects, config)
	}
	return s, nil
}

// URL is the base URL of the API, such as http://127.0.0.1:8123. If the server
// listens on all of the machine's addresses, it is that of this machine.
func (s *Server) URL() string { return s.originURL(s.api.Addr(), "127.0.0.1") }

// Beyond are the base URLs of the API under this machine's addresses beyond the loopback
// that it listens on.
func (s *Server) Beyond() []string {
	tcp, ok := s.api.Addr().(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() {
		return nil
	}
	if !tcp.IP.IsUnspecified() {
		return []string{s.URL()}
	}
	addresses, _ := net.InterfaceAddrs()
	var urls []string
	for _, address := range addresses {
		if network, ok := address.(*net.IPNet); ok && !network.IP.IsLoopback() && !network.IP.IsLinkLocalUnicast() {
			urls = append(urls, s.originURL(s.api.Addr(), network.IP.String()))
		}
	}
	return urls
}

// originURL is the URL of a listener; fallback is the host when it is on all.
func (s *Server) originURL(addr net.Addr, fallback string) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return s.scheme + "://" + addr.String()
	}
	if onAll(addr) {
		host = fallback
	}
	return s.scheme + "://" + net.JoinHostPort(host, port)
}

// onAll reports whether a listener is on all addresses of the machine.
func onAll(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsUnspecified()
}

// objectsURL is where the sender of a request finds the objects: on the host
// that it has found the API on.
func (s *Server) objectsURL(r *http.Request) string {
	if s.publicURL != "" {
		return s.publicURL
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	return s.originURL(s.objects.Addr(), cmp.Or(host, "127.0.0.1"))
}

// Close closes the listeners of a server on which Serve is not called; Serve closes them itself.
func (s *Server) Close() error {
	return errors.Join(s.api.Close(), s.objects.Close())
}

// Serve answers requests from an archive until ctx is done; then it lets those under
// way go on for a few seconds and returns nil. It can be called once. The Archive
// stays open.
func (s *Server) Serve(ctx context.Context, a *Archive) error {
	group, ctx := errgroup.WithContext(ctx)
	for listener, handler := range map[net.Listener]http.Handler{
		s.api:     a.api(s.objectsURL),
		s.objects: a.Objects(),
	} {
		var unused freshConns
		server := &http.Server{
			Handler:           handler,
			ConnState:         unused.note,
			ReadHeaderTimeout: 10 * time.Second,
			IdleTimeout:       2 * time.Minute,
			MaxHeaderBytes:    64 << 10,
			ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
		}
		group.Go(func() error {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				return fmt.Errorf("serving %s: %w", listener.Addr(), err)
			}
			return nil
		})
		group.Go(func() error {
			<-ctx.Done()
			unused.close()
			limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			if err := server.Shutdown(limited); err != nil {
				return server.Close() // requests that have not ended are cut off
			}
			return nil
		})
	}
	return group.Wait()
}

// freshConns are connections over which nothing has come yet: clients open some in
// advance, and a server that is shut down would wait for them.
type freshConns struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func (f *freshConns) note(conn net.Conn, state http.ConnState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conns == nil {
		f.conns = map[net.Conn]bool{}
	}
	if state == http.StateNew {
		f.conns[conn] = true
	} else {
		delete(f.conns, conn)
	}
}

func (f *freshConns) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for conn := range f.conns {
		conn.Close()
	}
}
