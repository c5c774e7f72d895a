namespace PrivateLib;

public static class Names
{
    public static string Join(string first, string second) => $"{first}-{second}";
}
