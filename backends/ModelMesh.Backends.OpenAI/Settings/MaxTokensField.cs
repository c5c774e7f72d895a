namespace ModelMesh.Backends.OpenAI.Settings;

/// <summary>What a request calls its bound on tokens.</summary>
internal enum MaxTokensField
{
    /// <summary>The old name, and the one that servers other than OpenAI's are sure to know.</summary>
    MaxTokens,

    /// <summary>The name that OpenAI's reasoning models insist on.</summary>
    MaxCompletionTokens,
}
