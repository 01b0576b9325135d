package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"printstation/assets/words"
)

// Exit codes.
const (
	ExitOK        = 0
	ExitAttention = 1 // something failed, is uncertain or waits
	ExitUsage     = 2 // wrong use or wrong settings
)

// Run executes the command in args, which do not hold the program's name, and gives the exit code. The first interrupt
// ends the context: what is under way is finished or recorded. The second one ends the process.
func Run(ctx context.Context, d Deps, args []string) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // gives the second interrupt back to the system

	fromExplorer()
	c, err := newShell(d, args)
	if err != nil {
		fmt.Fprintln(d.Stderr, err)
		return ExitAttention
	}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(d.Stdin)
	root.SetOut(d.Stdout)
	root.SetErr(d.Stderr)
	return c.exitCode(root.ExecuteContext(ctx))
}

// fromExplorer lets the program start by a double click on Windows, which cobra takes for a mistake.
var fromExplorer = sync.OnceFunc(func() { cobra.MousetrapHelpText = "" })

// shell is one run of the program.
type shell struct {
	Deps
	words     *words.Words
	explainer Explainer // of the bench that is open; nil when it explains nothing
	flags     struct {
		config, data, lang string
		demo, json         bool
	}
}

func newShell(d Deps, args []string) (*shell, error) {
	w, err := words.For(language(args, d.Language))
	if err != nil {
		return nil, err
	}
	return &shell{Deps: d, words: w}, nil
}

// language finds --lang before the flags are parsed, for the help has to speak it already.
func language(args []string, system string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return system
}

func (c *shell) say(id string, pairs ...string) string { return c.words.With("cli."+id, pairs...) }

// root builds the tree of commands.
func (c *shell) root() *cobra.Command {
	root := &cobra.Command{
		Use:     "printstation",
		Short:   c.say("about"),
		Long:    c.say("about_long"),
		Version: c.Version,
		Args:    c.noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return c.window(cmd.Context()) },

		SilenceErrors: true,
		SilenceUsage:  true,
	}
	f := root.PersistentFlags()
	f.StringVar(&c.flags.config, "config", "", c.say("flag_config"))
	f.StringVar(&c.flags.data, "data", "", c.say("flag_data"))
	f.BoolVar(&c.flags.demo, "demo", false, c.say("flag_demo"))
	f.BoolVar(&c.flags.json, "json", false, c.say("flag_json"))
	f.StringVar(&c.flags.lang, "lang", "", c.say("flag_lang"))
	f.BoolP("help", "h", false, c.say("flag_help"))
	root.Flags().BoolP("version", "v", false, c.say("version"))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return c.misuse(cmd, err.Error()) })
	root.SetUsageTemplate(c.usageTemplate())
	root.SetVersionTemplate("printstation {{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: c.say("help"), Run: func(cmd *cobra.Command, args []string) {
		if target, _, err := root.Find(args); err == nil {
			_ = target.Help()
		}
	}})
	root.AddCommand(c.batchCommand(), c.failedCommand(), c.uncertainCommand(), c.versionCommand())
	if c.Keyring != nil {
		root.AddCommand(c.secretCommand())
	}
	if c.OpenRecovery != nil {
		root.AddCommand(c.recoveryCommand())
	}
	if c.ServeSandbox != nil {
		root.AddCommand(c.sandboxCommand())
	}
	if c.Probes != nil {
		root.AddCommand(c.doctorCommand())
	}
	return root
}

// window checks the settings and opens the window.
func (c *shell) window(ctx context.Context) error {
	o, err := c.options()
	if err != nil && len(o.Problems) == 0 {
		return err
	}
	if err != nil {
		c.complain(err)
	}
	if werr := c.RunWindow(ctx, o); werr != nil {
		return werr
	}
	if err != nil {
		return codeError(ExitUsage)
	}
	return nil
}

// noArgs refuses arguments, as misspelled commands are.
func (c *shell) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return c.misuse(cmd, c.say("unknown_argument", "Argument", args[0]))
	}
	return nil
}

// usageTemplate is the layout of the help with its headings in the language of the run.
func (c *shell) usageTemplate() string {
	return c.say("heading_usage") + `
  {{if .HasAvailableSubCommands}}{{.CommandPath}} [COMMAND]{{else}}{{.UseLine}}{{end}}{{if .HasExample}}

` + c.say("heading_examples") + `
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

` + c.say("heading_commands") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + c.say("heading_flags") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + c.say("heading_global") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
}
