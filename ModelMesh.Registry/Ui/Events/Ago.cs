using System.Globalization;

namespace ModelMesh.Registry.Ui.Events;

/// <summary>How long ago something was, for people; <c>when.js</c> says the same as time goes on.</summary>
internal static class Ago
{
    public static string Of(DateTimeOffset now, DateTimeOffset then) => (now - then).TotalSeconds switch
    {
        < 5 => "just now",
        < 60 and var seconds => Text(seconds, "s"),
        < 3_600 and var seconds => Text(seconds / 60, "min"),
        < 86_400 and var seconds => Text(seconds / 3_600, "h"),
        < 172_800 => "1 day ago",
        var seconds => Text(seconds / 86_400, "days"),
    };

    private static string Text(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count)} {unit} ago");
}
