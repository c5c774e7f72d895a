using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>The one update that a stream has for all its plain texts, where its caller allows it (<see cref="BackendCallOptions.MayReuseUpdates"/>). Not thread-safe.</summary>
internal sealed class ReusedUpdate
{
    private readonly TextContent _content = new("");
    private readonly BackendUpdate _update;

    public ReusedUpdate() => _update = new BackendUpdate(ChatRole.Assistant, contents: [_content]);

    public BackendUpdate With(string text, int choice)
    {
        _content.Text = text;
        _update.Choice = choice;
        return _update;
    }
}
