package archive

import (
	"cmp"
	"context"
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
type Server struct{ api, objects net.Listener }

// Listen opens the ports: that of the API at addr, such as 127.0.0.1:8123 (port
// 0 picks one), and one for the objects. Connections wait until [Server.Serve], so
// that the archive may be opened meanwhile.
func Listen(ctx context.Context, addr string) (*Server, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	var config net.ListenConfig
	api, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	objects, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listening for the objects: %w", err), api.Close())
	}
	return &Server{api, objects}, nil
}

// URL is the base URL of the API, such as http://127.0.0.1:8123. If the server
// listens on all of the machine's addresses, it is that of this machine.
func (s *Server) URL() string { return originURL(s.api.Addr(), "127.0.0.1") }

// originURL is the URL of a listener; fallback is the host when it is on all.
func originURL(addr net.Addr, fallback string) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if onAll(addr) {
		host = fallback
	}
	return "http://" + net.JoinHostPort(host, port)
}

// onAll is whether a listener is on all addresses of the machine.
func onAll(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsUnspecified()
}

// objectsURL is where the sender of a request finds the objects: on the host
// that it has found the API on.
func (s *Server) objectsURL(r *http.Request) string {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	return originURL(s.objects.Addr(), cmp.Or(host, "127.0.0.1"))
}

// Close ends a server that was never told to serve; Serve closes its own.
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
				return server.Close() // whoever was not ready is cut off
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
