using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class ErrorMappingTests
{
    private const string Key = "sk-very-secret-key-1234";

    [Theory]
    [InlineData(301, "", BackendErrorKind.Upstream)]
    [InlineData(308, "", BackendErrorKind.Upstream)]
    [InlineData(400, """{"error":{"message":"m","code":"context_length_exceeded"}}""", BackendErrorKind.InvalidRequest)]
    [InlineData(400, """{"error":{"message":"m","code":"model_not_found"}}""", BackendErrorKind.NotFound)]
    [InlineData(401, "", BackendErrorKind.Unauthenticated)]
    [InlineData(402, "", BackendErrorKind.Upstream)]
    [InlineData(403, "", BackendErrorKind.Unauthenticated)]
    [InlineData(404, """{"error":"model 'm' not found"}""", BackendErrorKind.NotFound)]
    [InlineData(404, """{"message":"The model does not exist.","type":"NotFoundError","param":"model","code":404}""", BackendErrorKind.NotFound)]
    [InlineData(404, """{"error":{"message":"no such file","code":"file_not_found"}}""", BackendErrorKind.InvalidRequest)]
    [InlineData(404, """{"error":{"message":"no such answer","param":"previous_response_id"}}""", BackendErrorKind.InvalidRequest)]
    [InlineData(408, "", BackendErrorKind.Timeout)]
    [InlineData(413, "", BackendErrorKind.InvalidRequest)]
    [InlineData(422, """{"detail":[{"loc":["body","messages",0,"role"],"msg":"m","type":"missing"}]}""", BackendErrorKind.InvalidRequest)]
    [InlineData(424, """{"error":"m","error_type":"generation"}""", BackendErrorKind.Upstream)]
    [InlineData(429, "", BackendErrorKind.RateLimited)]
    [InlineData(500, "", BackendErrorKind.Upstream)]
    [InlineData(502, "<html>", BackendErrorKind.Upstream)]
    [InlineData(503, "", BackendErrorKind.Unavailable)]
    [InlineData(504, "", BackendErrorKind.Timeout)]
    [InlineData(529, "", BackendErrorKind.Unavailable)]
    public void Status_WithItsBody_IsOfItsKind(int status, string body, BackendErrorKind kind) => Assert.Equal(kind, Failure(status, body).Kind);

    [Theory]
    [InlineData("""{"error":{"message":"m","code":"rate_limit_exceeded"}}""", BackendErrorKind.RateLimited)]
    [InlineData("""{"error":{"message":"m","type":"rate_limit_error"}}""", BackendErrorKind.RateLimited)]
    [InlineData("""{"error":{"message":"m","code":429}}""", BackendErrorKind.RateLimited)]
    [InlineData("""{"error":{"message":"m","code":"503"}}""", BackendErrorKind.Unavailable)]
    [InlineData("""{"error":{"message":"m","type":"overloaded_error"}}""", BackendErrorKind.Unavailable)]
    [InlineData("""{"error":{"message":"m","type":"BadRequestError","code":400}}""", BackendErrorKind.InvalidRequest)]
    [InlineData("""{"error":{"message":"m","type":"NotFoundError","code":404}}""", BackendErrorKind.NotFound)]
    [InlineData("""{"error":{"message":"m","type":"timeout"}}""", BackendErrorKind.Timeout)]
    [InlineData("""{"error":{"message":"m","code":"invalid_api_key"}}""", BackendErrorKind.Unauthenticated)]
    [InlineData("""{"error":{"message":"m","status_code":502}}""", BackendErrorKind.Upstream)]
    [InlineData("""{"error":{"message":"m","type":"something_new"}}""", BackendErrorKind.Upstream)]
    [InlineData("""{"error":"m"}""", BackendErrorKind.Upstream)]
    [InlineData("""{"error":{}}""", BackendErrorKind.Upstream)]
    public void ErrorInAStream_ByItsCodeTypeOrStatus_IsOfItsKind(string json, BackendErrorKind kind) =>
        Assert.Equal(kind, UpstreamFailure.From(UpstreamErrorReader.Read(Encoding.UTF8.GetBytes(json))!, Key).Kind);

    [Theory]
    [InlineData("""{"error":{"message":"too long","param":"messages"}}""", "too long", "messages")]
    [InlineData("""{"error":"too long"}""", "too long", null)]
    [InlineData("""{"message":"too long"}""", "too long", null)]
    [InlineData("""{"object":"error","message":"too long","code":400}""", "too long", null)]
    [InlineData("""{"detail":"too long"}""", "too long", null)]
    [InlineData("""{"detail":[{"loc":["body","messages",0,"role"],"msg":"too long"}]}""", "too long", "messages[0].role")]
    [InlineData("""[{"error":{"message":"too long"}}]""", "too long", null)]
    [InlineData("too long", "too long", null)]
    [InlineData("<html>too long</html>", "The upstream refused the request (HTTP 400).", null)]
    [InlineData("", "The upstream refused the request (HTTP 400).", null)]
    [InlineData("""{"error":{"message":"too""", "The upstream refused the request (HTTP 400).", null)]
    public void RefusedRequest_InAnyShape_SaysWhatTheUpstreamSaid(string body, string message, string? field)
    {
        var failure = Failure(400, body);

        Assert.Equal((message, field), (failure.Message, failure.Field));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public void Message_ThatQuotesAKey_IsPassedOnWithoutIt(int status)
    {
        var failure = Failure(status, $$$"""{"error":{"message":"bad key {{{Key}}} or hf_abcdefghij or Authorization: Bearer abcdefg!"}}""");

        Assert.DoesNotContain(Key, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefg", failure.Message, StringComparison.Ordinal);
        Assert.Contains("bad key [redacted]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_OfRefusedCredentials_IsOurOwn() =>
        Assert.Equal("The upstream refused the mesh's credentials (HTTP 401).", Failure(401, """{"error":{"message":"Incorrect API key: abc"}}""").Message);

    [Fact]
    public void Message_OfGreatLength_IsCutAtAThousandCharacters() =>
        Assert.Equal(1_001, Failure(400, $$"""{"message":"{{new string('x', 5_000)}}"}""").Message.Length);

    [Fact]
    public void Message_OfSeveralLines_IsOne() => Assert.Equal("a  b", Failure(400, """{"message":"a\r\nb"}""").Message);

    [Theory]
    [InlineData("content_filter", true)]
    [InlineData("content_policy_violation", true)]
    [InlineData("context_length_exceeded", false)]
    public void Refusal_ByAContentFilter_IsMarked(string code, bool filtered) =>
        Assert.Equal(filtered, Failure(400, $$$"""{"error":{"message":"m","code":"{{{code}}}"}}""").InnerException is ContentFilterException);

    public static TheoryData<Exception, BackendErrorKind, string> Transport => new()
    {
        { Connecting(SocketError.ConnectionRefused), BackendErrorKind.Unavailable, "refused" },
        { Connecting(SocketError.TimedOut), BackendErrorKind.Unavailable, "did not answer" },
        { Connecting(SocketError.NetworkUnreachable), BackendErrorKind.Unavailable, "no route" },
        { new HttpRequestException(HttpRequestError.NameResolutionError), BackendErrorKind.Unavailable, "resolved" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new AuthenticationException()), BackendErrorKind.Unavailable, "TLS" },
        { new HttpRequestException(HttpRequestError.ProxyTunnelError), BackendErrorKind.Unavailable, "proxy" },
        { new TaskCanceledException("", new TimeoutException()), BackendErrorKind.Unavailable, "within 10 s" },
        { new HttpRequestException(HttpRequestError.ResponseEnded), BackendErrorKind.Protocol, "before it answered" },
        { new HttpRequestException(HttpRequestError.InvalidResponse), BackendErrorKind.Protocol, "before it answered" },
    };

    [Theory]
    [MemberData(nameof(Transport))]
    public void Transport_ThatFailsBeforeAnAnswer_SaysHow(Exception exception, BackendErrorKind kind, string part)
    {
        var failure = TransportFailure.BeforeAnswer(exception);

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    private static HttpRequestException Connecting(SocketError error) => new(HttpRequestError.ConnectionError, inner: new SocketException((int)error));

    private static BackendException Failure(int status, string body) => UpstreamFailure.From(status, Encoding.UTF8.GetBytes(body), Key, retryAfter: null);
}
