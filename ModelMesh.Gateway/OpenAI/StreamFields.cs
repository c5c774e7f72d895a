using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>How the client wants its answer sent.</summary>
/// <param name="Stream">As it is made, or in one piece.</param>
/// <param name="IncludeUsage">Whether a streamed answer ends with its usage.</param>
internal readonly record struct StreamFields(bool Stream, bool IncludeUsage)
{
    private const string Options = "stream_options";

    /// <summary>Reads <c>stream</c> and <c>stream_options</c>. Of the latter only what says what the stream holds counts.</summary>
    public static StreamFields Read(FieldReader fields, FaultList faults)
    {
        var stream = fields.Flag("stream") ?? false;
        if (fields.Section(Options) is not { } section)
        {
            return new StreamFields(stream, false);
        }

        if (!stream)
        {
            fields.Fault(Options, "needs stream to be true");
        }

        return new StreamFields(stream, new FieldReader(section, Options, faults).Flag("include_usage") ?? false);
    }
}
