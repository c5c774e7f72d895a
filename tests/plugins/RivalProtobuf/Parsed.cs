namespace Google.Protobuf;

public static class Parsed
{
    public static string Name => "of another release";
}
