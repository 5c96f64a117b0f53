package bindings

import (
	"slices"
	"strings"

	"imapsh/naming"
	"imapsh/sdc"
)

// Words are what results have shown, by kind, for completion.
type Words interface {
	SetRecent(kind string, words []string) // until the next ones of the kind
	Remember(kind string, words []string)  // for later sessions too
	Words(kind string) []string
}

// The kinds of words that parameters of several functions complete as.
const (
	fileNames   = "filename"
	fieldNames  = "field"
	descriptors = "descriptor"
)

// remember keeps what the records of an answer show: their names and fields, and of this
// archive the products.
func (h Host) remember(records sdc.Records) {
	if h.Words == nil || len(records) == 0 {
		return
	}
	names := make([]string, 2*len(records)) // a path may be given where a name may
	shown := map[sdc.Product]bool{}
	var products []string
	for i, r := range records {
		names[i], names[len(records)+i] = r.Filename(), r.FilePath()
		p := sdc.Product{Instrument: naming.Instrument(r.Text("instrument")), DataLevel: naming.DataLevel(r.Text("data_level")), Descriptor: r.Text("descriptor")}
		if p.Descriptor != "" && !shown[p] {
			shown[p] = true
			products = append(products, productWord(p))
		}
	}
	h.Words.SetRecent(fileNames, names)
	h.Words.SetRecent(fieldNames, records[0].Names())
	h.Words.Remember(h.productsSeen(), products)
	h.offerDescriptors()
}

// offerDescriptors lets completion offer the descriptors that this archive has shown, and
// those that the mission is known to make.
func (h Host) offerDescriptors() {
	if h.Words == nil {
		return
	}
	var words []string
	offered := map[string]bool{}
	for _, p := range h.products() {
		if !offered[p.Descriptor] {
			offered[p.Descriptor] = true
			words = append(words, p.Descriptor)
		}
	}
	h.Words.SetRecent(descriptors, words)
}

// products are those that results of this archive have shown, then the other ones that
// the mission is known to make. One of an ancillary table has no level.
func (h Host) products() (products []sdc.Product) {
	seen := map[sdc.Product]bool{}
	add := func(p sdc.Product) {
		if !seen[p] {
			seen[p] = true
			products = append(products, p)
		}
	}
	if h.Words != nil {
		for _, word := range h.Words.Words(h.productsSeen()) {
			if p, ok := productOfWord(word); ok {
				add(p)
			}
		}
	}
	for p := range sdc.KnownProducts() {
		add(p)
	}
	return products
}

// productsSeen is the kind of word for the products of this archive.
func (h Host) productsSeen() string { return "products of " + h.Client.Archive() }

// noLevel stands for the level of a product that has none.
const noLevel = "-"

// productWord is a product as a word that is remembered: mag l2 norm-gse.
func productWord(p sdc.Product) string {
	level := string(p.DataLevel)
	if level == "" {
		level = noLevel
	}
	return strings.Join([]string{string(p.Instrument), level, p.Descriptor}, " ")
}

func productOfWord(word string) (p sdc.Product, ok bool) {
	parts := strings.Split(word, " ")
	if len(parts) != 3 || slices.Contains(parts, "") {
		return p, false
	}
	p = sdc.Product{Instrument: naming.Instrument(parts[0]), DataLevel: naming.DataLevel(parts[1]), Descriptor: parts[2]}
	if parts[1] == noLevel {
		p.DataLevel = ""
	}
	return p, true
}

// KnownDescriptors are those of the products that the mission is known to make, sorted.
func KnownDescriptors() []string {
	var words []string
	for p := range sdc.KnownProducts() {
		words = append(words, p.Descriptor)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
