namespace ModelMesh.Cli.Tables;

/// <summary>Shares drawn with characters. Pure.</summary>
internal static class Bars
{
    private const string Parts = " ▏▎▍▌▋▊▉█";

    /// <param name="share">From 0 to 1; what is outside is drawn as the nearer end.</param>
    /// <param name="width">In columns.</param>
    public static string Draw(double share, int width)
    {
        var eighths = (int)Math.Round(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * width * 8);
        var full = eighths / 8;
        var bar = new string('█', full) + (eighths % 8 > 0 ? Parts[eighths % 8] : "");
        return bar.PadRight(width, '·');
    }
}
