using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelMesh.Backends.Wire.OpenAIWire.Embeddings;

/// <summary>Reads a vector in either <c>encoding_format</c>: an array of numbers, or the base64 of little-endian 32-bit floats.</summary>
internal sealed class VectorConverter : JsonConverter<float[]>
{
    public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? OfBytes(reader.GetBytesFromBase64()) : OfNumbers(ref reader);

    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static float[] OfNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An embedding is neither an array nor base64.");
        }

        var numbers = new List<float>(1024);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw new JsonException("An embedding holds something else than numbers.");
            }

            numbers.Add(reader.GetSingle());
        }

        return [.. numbers];
    }

    private static float[] OfBytes(byte[] bytes)
    {
        if (bytes.Length % sizeof(float) != 0)
        {
            throw new JsonException("An embedding's base64 holds no whole number of 32-bit floats.");
        }

        var vector = new float[bytes.Length / sizeof(float)];
        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(index * sizeof(float)));
        }

        return vector;
    }
}
