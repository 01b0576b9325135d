package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// This file reads a bbolt file with nothing but ReadAt and checks that every page that can be reached holds together:
// bbolt itself panics, or faults on its memory map, on most of what is refused here. The layout is that of bbolt's
// file format version 2, in the byte order of the machine.

const (
	boltMagic    = 0xED0CDAED
	boltVersion  = 2
	pageHead     = 16 // id, flags, count, overflow
	elementSize  = 16
	bucketHead   = 16 // root page, sequence
	metaSize     = 64
	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10
	leafIsBucket = 0x01
	minPageSize  = 1 << 10
	maxPageSize  = 1 << 16
	maxDepth     = 64
)

var native = binary.NativeEndian

// checkMagic tells a file that is no bbolt file at all from a damaged one. Two metas would have to be lost together.
func checkMagic(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return nameError(path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	head := make([]byte, maxPageSize+pageHead+4)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nameError(path, err)
	}
	head = head[:n]
	for at := 0; at+pageHead+4 <= n; {
		if native.Uint32(head[at+pageHead:]) == boltMagic {
			return nil
		}
		if at *= 2; at == 0 {
			at = minPageSize
		}
	}
	return &PathError{Path: path, Kind: ErrNotStore}
}

// checkPages walks all pages from the root.
func checkPages(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return nameError(path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := &pageWalk{file: f}
	if err := w.run(); err != nil {
		return &PathError{Path: path, Kind: ErrDamaged, Err: err}
	}
	return nil
}

type pageWalk struct {
	file     io.ReaderAt
	pageSize uint64
	pages    uint64 // those in use: ids below it
	seen     []bool
}

// meta is what the walk needs of a meta page.
type meta struct{ pageSize, root, freelist, pages, txid uint64 }

// noFreelist stands for "not written", as NoFreelistSync leaves it.
const noFreelist = ^uint64(0)

func (w *pageWalk) run() error {
	m, err := w.newestMeta()
	if err != nil {
		return err
	}
	w.pageSize, w.pages = m.pageSize, m.pages
	size, err := sizeOf(w.file)
	if err != nil {
		return err
	}
	if m.pages < 2 || m.pages > size/m.pageSize {
		return fmt.Errorf("it is cut off: %d bytes, where %d pages of %d bytes belong", size, m.pages, m.pageSize)
	}
	w.seen = make([]bool, m.pages)
	w.seen[0], w.seen[1] = true, true
	if m.freelist != noFreelist {
		if err := w.freelist(m.freelist); err != nil {
			return fmt.Errorf("free list: %w", err)
		}
	}
	return w.page(m.root, 0)
}

// freelist checks the list of free pages that bbolt writes into a file it has just made, and our stores never after.
func (w *pageWalk) freelist(id uint64) error {
	raw, err := w.load(id)
	if err != nil {
		return err
	}
	if flags, count := native.Uint16(raw[8:]), native.Uint16(raw[10:]); flags != flagFreelist || count != 0 {
		return fmt.Errorf("page %d is no empty one", id)
	}
	return nil
}

func sizeOf(r io.ReaderAt) (uint64, error) {
	f, ok := r.(interface{ Stat() (os.FileInfo, error) })
	if !ok {
		return 0, errors.New("the size is not known")
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return uint64(info.Size()), nil
}

// newestMeta gives the meta page that bbolt will take: of those with a right checksum, the one of the last transaction.
func (w *pageWalk) newestMeta() (meta, error) {
	var best meta
	found := false
	for at := int64(0); at <= maxPageSize; {
		if m, ok := w.metaAt(at); ok && (!found || m.txid > best.txid) {
			best, found = m, true
		}
		if at *= 2; at == 0 {
			at = minPageSize
		}
	}
	if !found {
		return best, errors.New("neither of its two heads is whole")
	}
	return best, nil
}

func (w *pageWalk) metaAt(at int64) (meta, bool) {
	raw := make([]byte, metaSize)
	if _, err := w.file.ReadAt(raw, at+pageHead); err != nil {
		return meta{}, false
	}
	sum := fnv.New64a()
	sum.Write(raw[:56])
	if native.Uint32(raw) != boltMagic || native.Uint32(raw[4:]) != boltVersion || native.Uint64(raw[56:]) != sum.Sum64() {
		return meta{}, false
	}
	m := meta{
		pageSize: uint64(native.Uint32(raw[8:])),
		root:     native.Uint64(raw[16:]),
		freelist: native.Uint64(raw[32:]),
		pages:    native.Uint64(raw[40:]),
		txid:     native.Uint64(raw[48:]),
	}
	right := at == 0 || uint64(at) == m.pageSize // else it is a stale copy within a data page
	return m, right && m.pageSize >= minPageSize && m.pageSize <= maxPageSize
}

// page checks one page of a tree and all below it.
func (w *pageWalk) page(id uint64, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("page %d lies too deep", id)
	}
	raw, err := w.load(id)
	if err != nil {
		return err
	}
	if err := w.elements(raw, depth); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// load reads a page with those that continue it, each of which may belong to one page only.
func (w *pageWalk) load(id uint64) ([]byte, error) {
	if id < 2 || id >= w.pages {
		return nil, fmt.Errorf("page %d is pointed at, but does not exist", id)
	}
	raw := make([]byte, w.pageSize)
	if _, err := w.file.ReadAt(raw, int64(id*w.pageSize)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	if native.Uint64(raw) != id {
		return nil, fmt.Errorf("page %d bears the number %d", id, native.Uint64(raw))
	}
	more := uint64(native.Uint32(raw[12:]))
	if id+more >= w.pages {
		return nil, fmt.Errorf("page %d runs past the end", id)
	}
	if more > 0 {
		raw = make([]byte, (more+1)*w.pageSize)
		if _, err := w.file.ReadAt(raw, int64(id*w.pageSize)); err != nil {
			return nil, fmt.Errorf("page %d: %w", id, err)
		}
	}
	for i := id; i <= id+more; i++ {
		if w.seen[i] {
			return nil, fmt.Errorf("page %d belongs to two others", i)
		}
		w.seen[i] = true
	}
	return raw, nil
}

// elements checks the entries of a page, which may also be the small one that lies within a bucket's row.
func (w *pageWalk) elements(raw []byte, depth int) error {
	flags, count := native.Uint16(raw[8:]), int(native.Uint16(raw[10:]))
	if flags != flagBranch && flags != flagLeaf {
		return fmt.Errorf("it is of no known kind (%#x)", flags)
	}
	if flags == flagBranch && count == 0 || pageHead+count*elementSize > len(raw) {
		return fmt.Errorf("it cannot have %d entries", count)
	}
	var last []byte
	for i := range count {
		at := pageHead + i*elementSize
		key, value, err := element(raw, at, flags)
		if err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return fmt.Errorf("entry %d is out of order", i)
		}
		last = key
		switch {
		case flags == flagBranch:
			err = w.page(native.Uint64(raw[at+8:]), depth+1)
		case native.Uint32(raw[at:])&leafIsBucket != 0:
			err = w.bucket(value, depth+1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// element gives key and value of the entry whose head lies at the place given.
func element(raw []byte, at int, flags uint16) (key, value []byte, err error) {
	field := func(n int) uint64 { return uint64(native.Uint32(raw[at+4*n:])) }
	pos, keyLen, valueLen := field(0), field(1), uint64(0)
	if flags == flagLeaf {
		pos, keyLen, valueLen = field(1), field(2), field(3)
	}
	from := uint64(at) + pos
	if from+keyLen+valueLen > uint64(len(raw)) || keyLen == 0 && flags == flagLeaf {
		return nil, nil, errors.New("it lies outside its page")
	}
	return raw[from : from+keyLen], raw[from+keyLen : from+keyLen+valueLen], nil
}

// bucket checks the tree of a bucket, or the page within the row when it is small.
func (w *pageWalk) bucket(row []byte, depth int) error {
	if len(row) < bucketHead {
		return errors.New("a bucket without its root")
	}
	if root := native.Uint64(row); root != 0 {
		return w.page(root, depth)
	}
	if len(row) < bucketHead+pageHead {
		return errors.New("a small bucket without its page")
	}
	return w.elements(row[bucketHead:], depth)
}
