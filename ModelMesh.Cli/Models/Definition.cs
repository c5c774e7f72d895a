using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Models;

/// <summary>What operators say of a model version, taken from what the registry shows of it. Pure.</summary>
internal static class Definition
{
    // What the registry tells besides; mock only repeats the backend's type. Fields that are not known here are the operator's, so that a newer registry's are kept.
    private static readonly string[] NotTheirs = ["status", "status_reason", "health", "endpoints", "revision", "active", "queued", "draining", "created_at", "updated_at", "mock"];

    /// <exception cref="CommandFailure">The answer is no model.</exception>
    public static JsonObject Of(string shown)
    {
        if (Parse(shown) is not { } definition)
        {
            throw new CommandFailure(ExitCodes.Failed, "unexpected_answer", "The answer is not one of ModelMesh's; is the address right?");
        }

        foreach (var field in NotTheirs)
        {
            definition.Remove(field);
        }

        return definition;
    }

    /// <summary>Removes the field at a path of names with dots between them.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(JsonObject definition, string path)
    {
        var names = path.Split('.');
        JsonObject? holder = definition;
        foreach (var name in names[..^1])
        {
            holder = holder?[name] as JsonObject;
        }

        return holder?.Remove(names[^1]) ?? false;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
