namespace ModelMesh.Gateway.Ollama.Answers;

internal static class Nanoseconds
{
    public static long Of(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
