using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Embed;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>How many tokens a request may take, before anybody has counted them: a quarter of its characters, and of the answer as many as it allows. Pure.</summary>
/// <param name="Output">0 where the request sets no limit to its answer.</param>
internal sealed record TokenEstimate(long Input, long Output)
{
    private const int CharactersPerToken = 4;

    public long Total => Input + Output;

    public static TokenEstimate Of(ChatRequest request)
    {
        var characters = request.Messages.Sum(CharactersOf)
            + request.Tools.Sum(tool => (long)tool.Name.Length + tool.Description.Length + tool.ParametersJson.Length)
            + (request.ResponseFormat?.SchemaJson.Length ?? 0);
        var options = request.Options;
        return new(TokensOf(characters), options.HasMaxTokens ? (long)options.MaxTokens * (options.HasN ? options.N : 1) : 0);
    }

    public static TokenEstimate Of(EmbeddingInputs inputs) => new(TokensOf(inputs.Inputs.Sum(input => (long)input.Length)), 0);

    // What images take only the model knows.
    private static long CharactersOf(ChatMessage message) =>
        (long)message.Content.Length + message.Reasoning.Length + message.Parts.Sum(part => (long)part.Text.Length) + message.ToolCalls.Sum(call => (long)call.Name.Length + call.Arguments.Length);

    private static long TokensOf(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}
