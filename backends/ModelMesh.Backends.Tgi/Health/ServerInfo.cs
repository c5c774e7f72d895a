namespace ModelMesh.Backends.Tgi.Health;

/// <summary>What <c>/info</c> answers; older servers call the longest prompt <c>max_input_length</c>.</summary>
internal sealed record ServerInfo(string? ModelId, long? MaxInputTokens, long? MaxInputLength, long? MaxTotalTokens);
