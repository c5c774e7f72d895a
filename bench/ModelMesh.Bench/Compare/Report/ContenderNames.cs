namespace ModelMesh.Bench.Compare.Report;

/// <summary>The contenders that figures are set against, in the order in which they are shown.</summary>
internal static class ContenderNames
{
    public const string Direct = "direct";
    public const string Nginx = "nginx";
    public const string Portkey = "portkey";
    public const string Mesh = "mesh";

    private static readonly string[] Shown = [Direct, Nginx, Portkey, Mesh];

    public static int Order(string name) => Array.IndexOf(Shown, name) is >= 0 and var index ? index : Shown.Length;
}
