using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelMesh.Registry.Ui.Live;

/// <summary>Events as they go over the wire: <c>event: topic</c>, <c>data: {"full"?,"set":{key:value…},"gone"?:[key…]}</c>. Pure.</summary>
internal static class LiveFrame
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All there is, for a page that has nothing yet.</summary>
    public static byte[] Full(string topic, IReadOnlyDictionary<string, string> now) => Write(topic, full: true, now, []);

    /// <summary>What differs; null where nothing does.</summary>
    public static byte[]? Difference(string topic, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        if (ReferenceEquals(before, now))
        {
            return null;
        }

        List<KeyValuePair<string, string>> set = [.. now.Where(entry => !before.TryGetValue(entry.Key, out var known) || known != entry.Value)];
        List<string> gone = [.. before.Keys.Where(key => !now.ContainsKey(key))];
        return set.Count + gone.Count == 0 ? null : Write(topic, full: false, set, gone);
    }

    private static byte[] Write(string topic, bool full, IEnumerable<KeyValuePair<string, string>> set, List<string> gone)
    {
        var frame = new ArrayBufferWriter<byte>(1024);
        frame.Write(Encoding.ASCII.GetBytes($"event: {topic}\ndata: "));
        using (var json = new Utf8JsonWriter(frame, Options))
        {
            json.WriteStartObject();
            if (full)
            {
                json.WriteBoolean("full", true);
            }

            json.WriteStartObject("set");
            foreach (var (key, value) in set)
            {
                json.WritePropertyName(key);
                json.WriteRawValue(value, skipInputValidation: true);
            }

            json.WriteEndObject();
            if (gone.Count > 0)
            {
                json.WriteStartArray("gone");
                gone.ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        frame.Write("\n\n"u8);
        return frame.WrittenSpan.ToArray();
    }
}
