using System.Diagnostics;
using OpenTelemetry;

namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>Names the gRPC client's spans by their method, as the conventions do: by themselves all of them have one name.</summary>
internal sealed class GrpcSpans : BaseProcessor<Activity>
{
    public const string Source = "Grpc.Net.Client";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Source && data.GetTagItem("grpc.method") is string method)
        {
            data.DisplayName = method.TrimStart('/');
        }
    }
}
