using System.Text.Json.Serialization;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;

namespace ModelMesh.Backends.Wire.OpenAIWire.Embeddings;

internal sealed record WireEmbeddings(WireEmbedding?[]? Data, WireUsage? Usage);

internal sealed record WireEmbedding(int? Index, [property: JsonConverter(typeof(VectorConverter))] float[]? Embedding);
