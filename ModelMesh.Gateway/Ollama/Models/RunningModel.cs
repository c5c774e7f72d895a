namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>A model as <c>GET /api/ps</c> lists it. Every model that is listed takes requests, so all of them count as running.</summary>
/// <param name="ExpiresAt">When Ollama would drop it: far ahead, which its own client shows as for ever.</param>
/// <param name="SizeVram">Unknown: 0.</param>
/// <param name="ContextLength">Unknown: 0.</param>
internal sealed record RunningModel(string Name, string Model, long Size, string Digest, ModelDetails Details, DateTimeOffset ExpiresAt, long SizeVram, int ContextLength)
{
    private static readonly DateTimeOffset Never = new(2300, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static RunningModel Of(ListedModel listed) => new(listed.Name, listed.Model, listed.Size, listed.Digest, listed.Details, Never, 0, 0);
}
