using Microsoft.Extensions.AI;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>What the playground's page sends.</summary>
/// <param name="Model">A name, an alias or a reference such as <c>name@version</c>; empty: rules and the routing default decide.</param>
/// <param name="Version">The one version that is meant; null: it is decided as for any request.</param>
/// <param name="Messages">At least one.</param>
internal sealed record PlaygroundRequest(string Model, string? Version, IReadOnlyList<ChatMessage> Messages, float? Temperature, int? MaxTokens, long? Seed)
{
    /// <summary>The characters of all messages, which rules may ask for.</summary>
    public long Length => Messages.Sum(message => (long)message.Text.Length);
}
