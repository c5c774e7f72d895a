namespace ModelMesh.Backends.Sdk;

/// <summary>
/// What of a request a backend passes on. The host refuses a request that uses anything else, with <c>invalid_request</c> and the field's name, so
/// a backend never sees what it did not claim and nothing is dropped in silence.
/// </summary>
[Flags]
public enum ChatFeatures
{
    /// <summary>Roles and text only.</summary>
    None = 0,

    /// <summary><c>temperature</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.Temperature"/>.</summary>
    Temperature = 1 << 0,

    /// <summary><c>top_p</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.TopP"/>.</summary>
    TopP = 1 << 1,

    /// <summary><c>top_k</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.TopK"/>.</summary>
    TopK = 1 << 2,

    /// <summary><c>max_tokens</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.MaxOutputTokens"/>.</summary>
    MaxTokens = 1 << 3,

    /// <summary><c>seed</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.Seed"/>.</summary>
    Seed = 1 << 4,

    /// <summary><c>presence_penalty</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.PresencePenalty"/>.</summary>
    PresencePenalty = 1 << 5,

    /// <summary><c>frequency_penalty</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.FrequencyPenalty"/>.</summary>
    FrequencyPenalty = 1 << 6,

    /// <summary><c>stop</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.StopSequences"/>.</summary>
    Stop = 1 << 7,

    /// <summary><c>tools</c>, calls in <c>messages</c> and messages of the role <c>tool</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.Tools"/>.</summary>
    Tools = 1 << 8,

    /// <summary><c>tool_choice</c> other than <c>auto</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.ToolMode"/>.</summary>
    ToolChoice = 1 << 9,

    /// <summary><c>parallel_tool_calls</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.AllowMultipleToolCalls"/>.</summary>
    ParallelToolCalls = 1 << 10,

    /// <summary><c>response_format</c> of the type <c>json_object</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.ResponseFormat"/>.</summary>
    JsonMode = 1 << 11,

    /// <summary><c>response_format</c> of the type <c>json_schema</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.ResponseFormat"/>.</summary>
    JsonSchema = 1 << 12,

    /// <summary>Images by address: <see cref="Microsoft.Extensions.AI.UriContent"/> in a message.</summary>
    ImageUrls = 1 << 13,

    /// <summary>Images by content: <see cref="Microsoft.Extensions.AI.DataContent"/> in a message.</summary>
    ImageData = 1 << 14,

    /// <summary><c>logprobs</c> and <c>top_logprobs</c>: <see cref="BackendCallOptions.LogProbabilities"/>.</summary>
    LogProbabilities = 1 << 15,

    /// <summary><c>n</c> above 1: <see cref="BackendCallOptions.Choices"/>.</summary>
    Choices = 1 << 16,

    /// <summary><c>reasoning_effort</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.Reasoning"/>.</summary>
    ReasoningEffort = 1 << 17,

    /// <summary>A message's <c>name</c>: <see cref="Microsoft.Extensions.AI.ChatMessage.AuthorName"/>.</summary>
    Names = 1 << 18,

    /// <summary><c>extra</c>, passed upstream as it is: <see cref="Microsoft.Extensions.AI.ChatOptions.AdditionalProperties"/>.</summary>
    Extra = 1 << 19,

    /// <summary>An assistant message's <c>reasoning</c>: <see cref="Microsoft.Extensions.AI.TextReasoningContent"/> in a message.</summary>
    ReasoningMessages = 1 << 20,

    /// <summary>An image's <c>detail</c> other than <c>auto</c>, in its content's additional properties under that name.</summary>
    ImageDetail = 1 << 21,

    /// <summary>
    /// The model's LoRA adapters, each asked for as <c>name:adapter</c>: <see cref="Microsoft.Extensions.AI.ChatOptions.ModelId"/>, and
    /// <see cref="Microsoft.Extensions.AI.EmbeddingGenerationOptions.ModelId"/> where there are embeddings. Since 1.2.
    /// </summary>
    Adapters = 1 << 22,

    /// <summary>
    /// Fields of a message that the mesh does not know, passed upstream as they are, beside those that a backend writes itself:
    /// <see cref="Microsoft.Extensions.AI.ChatMessage.AdditionalProperties"/>, each a <see cref="System.Text.Json.JsonElement"/>, and nothing of the mesh's. Since 1.2.
    /// </summary>
    MessageExtra = 1 << 23,

    /// <summary>A tool's <c>strict</c> that is true, so that arguments always match its schema: <see cref="ToolDeclaration.Strict"/>. Since 1.2.</summary>
    StrictTools = 1 << 24,

    /// <summary><c>temperature</c> to <c>stop</c>: every sampling field.</summary>
    Sampling = Temperature | TopP | TopK | MaxTokens | Seed | PresencePenalty | FrequencyPenalty | Stop,

    /// <summary>Everything there is today. A backend that says so and wraps a client that drops a field drops it in silence. What a later version adds is claimed by the plugins built with it.</summary>
    All = Sampling | Tools | ToolChoice | ParallelToolCalls | JsonMode | JsonSchema | ImageUrls | ImageData | LogProbabilities | Choices | ReasoningEffort | Names | Extra
        | ReasoningMessages | ImageDetail | Adapters | MessageExtra | StrictTools,
}
