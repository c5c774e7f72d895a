using ModelMesh.Gateway.Embed;

namespace ModelMesh.Gateway.OpenAI.Embeddings;

/// <summary>A checked request of <c>POST /v1/embeddings</c>.</summary>
/// <param name="AsBase64">Whether each vector is wanted as its bytes (little-endian floats of 4 bytes) in base64, instead of as numbers.</param>
internal sealed record EmbeddingsRequest(EmbeddingInputs Inputs, bool AsBase64);
