using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ModelMesh.Registry.Requests;

/// <summary>A request's place in the list, the oldest first. It stays the same for as long as the request lives, and no two have the same.</summary>
/// <param name="StartedAtMs">When its replica got it, in milliseconds since 1970.</param>
/// <param name="Instance">That replica.</param>
/// <param name="Number">Rises with each request of that replica.</param>
internal sealed record RequestPlace(long StartedAtMs, string Instance, long Number)
{
    public static int Compare(RequestPlace left, RequestPlace right)
    {
        var byTime = left.StartedAtMs.CompareTo(right.StartedAtMs);
        var byInstance = byTime != 0 ? byTime : string.CompareOrdinal(left.Instance, right.Instance);
        return byInstance != 0 ? byInstance : left.Number.CompareTo(right.Number);
    }

    /// <summary>As a cursor for clients to send back.</summary>
    public string ToCursor() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{StartedAtMs} {Number} {Instance}")));

    /// <summary>The place that a cursor stands for; null when it is none of ours.</summary>
    public static RequestPlace? FromCursor(string cursor)
    {
        if (!Base64Url.IsValid(cursor) || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ', 3) is not [var at, var number, var instance])
        {
            return null;
        }

        return long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var startedAt) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            ? new RequestPlace(startedAt, instance, ordinal)
            : null;
    }
}
