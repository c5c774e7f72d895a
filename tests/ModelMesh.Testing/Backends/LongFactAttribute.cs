using Xunit;

namespace ModelMesh.Testing.Backends;

/// <summary>A test that has to wait for real time-outs to pass: run where MODELMESH_LONG_TESTS is set, else skipped with the reason.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("MODELMESH_LONG_TESTS") is null)
        {
            Skip = "takes up to two minutes of real time; set MODELMESH_LONG_TESTS to run it";
        }
    }
}
