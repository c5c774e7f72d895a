using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ModelMesh.Scripts.Clients;

/// <summary>What a check demands of an answer; the first that does not hold is the check's failure.</summary>
internal static class Expect
{
    public static void That(bool condition, object? seen, [CallerArgumentExpression(nameof(condition))] string expected = "")
    {
        if (!condition)
        {
            throw new UnmetException($"{seen ?? "nothing"}; expected {expected}");
        }
    }

    public static void Text(string seen, ClientModel model) => That(model.Text is null ? seen.Length > 0 : seen == model.Text, $"'{seen}'", model.Text ?? "a text");

    /// <summary>The finish reason of a whole answer; a model of which nothing is known may have run out of tokens.</summary>
    public static void End<T>(T seen, T stop, T length, ClientModel model) =>
        That(Equals(seen, stop) || (model.Text is null && Equals(seen, length)), seen, $"{stop}");

    public static void Usage(long? input, long? output, ClientModel model) =>
        That(input > 0 && (model.OutputTokens is { } tokens ? output == tokens : output > 0), $"{input} and {output}", $"{model.OutputTokens} output tokens");

    /// <summary>The calls by name and arguments, in their order.</summary>
    public static void Calls(IReadOnlyList<(string Name, JsonNode? Arguments)> seen, ClientModel model)
    {
        var isRight = model.Arguments is null
            ? seen.Count > 0 && seen.All(call => call.Arguments is JsonObject && SampleTools.Names.Contains(call.Name))
            : seen.Select(call => call.Name).SequenceEqual(SampleTools.Names) && seen.All(call => JsonNode.DeepEquals(call.Arguments, model.Arguments));
        That(isRight, string.Join(", ", seen.Select(call => $"{call.Name}({call.Arguments?.ToJsonString()})")), "calls of the tools with the model's arguments");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> body)
        where TException : Exception
    {
        try
        {
            await body();
        }
        catch (TException exception)
        {
            return exception;
        }
        catch (Exception exception) when (exception is not UnmetException)
        {
            throw new UnmetException($"{exception.GetType().Name}: {exception.Message}; expected a {typeof(TException).Name}");
        }

        throw new UnmetException($"nothing was thrown; expected a {typeof(TException).Name}");
    }
}

internal sealed class UnmetException(string message) : Exception(message);
