package transport

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
)

// trusted reads the certificates that the conventional variables name. The first that is
// set of SSL_CERT_FILE, REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE replaces the system's; those
// in the directories of SSL_CERT_DIR are added. Go reads the first and the last by itself,
// but on Unix only. A nil pool stands for the system's.
func trusted(getenv func(string) string) (*x509.CertPool, error) {
	var pool *x509.CertPool
	for _, variable := range []string{"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		name := getenv(variable)
		if name == "" {
			continue
		}
		pool = x509.NewCertPool()
		found, err := addCertificates(pool, name)
		if err == nil && !found {
			err = errors.New(name + " holds no certificate in PEM form")
		}
		if err != nil {
			return nil, &SettingError{variable, err}
		}
		break
	}
	const variable = "SSL_CERT_DIR"
	for _, name := range filepath.SplitList(getenv(variable)) {
		if pool == nil {
			system, err := x509.SystemCertPool()
			if err != nil {
				return nil, &SettingError{variable, err}
			}
			pool = system
		}
		if _, err := os.ReadDir(name); err != nil {
			return nil, &SettingError{variable, err}
		}
		if _, err := addCertificates(pool, name); err != nil {
			return nil, &SettingError{variable, err}
		}
	}
	return pool, nil
}

// addCertificates adds those of a file, or of the files of a directory, in which other
// things may lie too.
func addCertificates(pool *x509.CertPool, name string) (found bool, err error) {
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		text, err := os.ReadFile(name)
		return err == nil && pool.AppendCertsFromPEM(text), err
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return false, err
	}
	for _, entry := range entries {
		file := filepath.Join(name, entry.Name())
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if text, err := os.ReadFile(file); err == nil && pool.AppendCertsFromPEM(text) {
			found = true
		}
	}
	return found, nil
}
