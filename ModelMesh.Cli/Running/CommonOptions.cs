using System.CommandLine;
using ModelMesh.Cli.Completion;

namespace ModelMesh.Cli.Running;

/// <summary>Arguments and options that several commands have, each made anew for its command.</summary>
internal static class CommonOptions
{
    public static Argument<string> Model(KnownNames names, string description = "A model: NAME, or NAME@VERSION") =>
        new("model") { Description = description, HelpName = "NAME[@VERSION]", CompletionSources = { names.Models } };

    public static Argument<string> OneVersion(KnownNames names) =>
        new("model") { Description = "A model's version", HelpName = "NAME@VERSION", CompletionSources = { names.Versions } };

    public static Argument<string> Name(KnownNames names) =>
        new("model") { Description = "A model's name", HelpName = "NAME", CompletionSources = { names.Names } };

    public static Option<string?> Version() => new("--version") { Description = "The version, where the name itself holds an @", HelpName = "VERSION" };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask" };

    public static Option<string?> File(string description) => new("--file", "-f") { Description = description, HelpName = "FILE|-" };
}
