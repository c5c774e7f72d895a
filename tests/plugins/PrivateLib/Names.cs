namespace PrivateLib;

public static class Names
{
    public static string Of(string name) => name + "-dependency";
}
