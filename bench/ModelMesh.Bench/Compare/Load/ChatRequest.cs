using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>The request of a workload to a target. Its body is made once.</summary>
internal sealed class ChatRequest(Target target, Workload workload)
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(
        $$"""{"model":"{{target.ModelOf(workload.Plan)}}","stream":{{(workload.Stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{new string('p', workload.PromptBytes)}}"}]}""");

    private readonly Uri _address = target.ChatCompletions;

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Version = workload.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(_body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        foreach (var (name, value) in target.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (workload.Behaviour == ClientBehaviour.Leaves)
        {
            message.Headers.ConnectionClose = message.Version == HttpVersion.Version11;
        }

        return message;
    }
}
