package smoke_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Codes of the X protocol, version 11.
const (
	xInternAtom    = 16
	xSendEvent     = 25
	xClientMessage = 33
)

// askToClose sends the message that a window manager sends when somebody presses the cross of a window. There is no
// window manager on the screen, and xdotool can only destroy windows.
func askToClose(display string, window uint32) error {
	conn, err := net.DialTimeout("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"), 5*time.Second)
	if err != nil {
		return fmt.Errorf("x: %w", err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return fmt.Errorf("x: %w", err)
	}
	if err := greet(conn); err != nil {
		return err
	}
	protocols, err := internAtom(conn, "WM_PROTOCOLS")
	if err != nil {
		return err
	}
	deletion, err := internAtom(conn, "WM_DELETE_WINDOW")
	if err != nil {
		return err
	}
	event := words(uint32(xClientMessage)|32<<8, window, protocols, deletion, 0, 0, 0, 0)
	request := append(words(xSendEvent|11<<16, window, 0), event...)
	if _, err := conn.Write(request); err != nil {
		return fmt.Errorf("x: send event: %w", err)
	}
	// An answer to anything asked later shows that the event was taken.
	_, err = internAtom(conn, "WM_PROTOCOLS")
	return err
}

// greet opens the connection without a cookie, in little-endian.
func greet(conn net.Conn) error {
	if _, err := conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return fmt.Errorf("x: greet: %w", err)
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(conn, head); err != nil {
		return fmt.Errorf("x: greet: %w", err)
	}
	rest := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(conn, rest); err != nil {
		return fmt.Errorf("x: greet: %w", err)
	}
	if head[0] != 1 {
		return fmt.Errorf("x: the server refuses: %q", rest)
	}
	return nil
}

func internAtom(conn net.Conn, name string) (uint32, error) {
	padded := append([]byte(name), make([]byte, (4-len(name)%4)%4)...)
	length := uint32(2 + len(padded)/4)
	request := append(words(xInternAtom|length<<16, uint32(len(name))), padded...)
	if _, err := conn.Write(request); err != nil {
		return 0, fmt.Errorf("x: atom %s: %w", name, err)
	}
	reply := make([]byte, 32)
	if _, err := io.ReadFull(conn, reply); err != nil {
		return 0, fmt.Errorf("x: atom %s: %w", name, err)
	}
	if reply[0] != 1 {
		return 0, fmt.Errorf("x: atom %s: error %d", name, reply[1])
	}
	return binary.LittleEndian.Uint32(reply[8:]), nil
}

func words(ws ...uint32) []byte {
	var b bytes.Buffer
	for _, w := range ws {
		b.Write(binary.LittleEndian.AppendUint32(nil, w))
	}
	return b.Bytes()
}
