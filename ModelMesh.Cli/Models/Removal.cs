using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary>Deletes a version, at once or when its last stream has ended.</summary>
internal static class Removal
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static async Task DeleteAsync(CommandContext context, ModelReference reference, CancellationToken cancellationToken)
    {
        await context.Registry.DeleteAsync(reference.Name, reference.NeedVersion(), drain: false, cancellationToken);
        context.Say($"Deleted {reference}.");
    }

    /// <param name="wait">Whether to return only when it is gone.</param>
    public static async Task DrainAsync(CommandContext context, ModelReference reference, bool wait, CancellationToken cancellationToken)
    {
        var version = reference.NeedVersion();
        var answer = await context.Registry.DeleteAsync(reference.Name, version, drain: true, cancellationToken);
        context.Print(answer, () => context.Say(
            $"{reference} drains: it takes nothing new, and is deleted when its {answer.Read(ApiJson.Default.ModelView).Active?.ToString() ?? "running"} streams have ended."));
        while (wait && await IsThereAsync(context, reference.Name, version, cancellationToken))
        {
            await Task.Delay(Look, context.Time, cancellationToken);
        }

        if (wait)
        {
            context.Say($"Deleted {reference}.");
        }
    }

    private static async Task<bool> IsThereAsync(CommandContext context, string name, string version, CancellationToken cancellationToken)
    {
        try
        {
            await context.Registry.VersionAsync(name, version, cancellationToken);
            return true;
        }
        catch (CommandFailure failure) when (failure.ExitCode == ExitCodes.NotFound)
        {
            return false;
        }
    }
}
