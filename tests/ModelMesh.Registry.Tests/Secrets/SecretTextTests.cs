using ModelMesh.Registry.Secrets;
using Xunit;

namespace ModelMesh.Registry.Tests.Secrets;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("https://user:pw@host/v1")]
    [InlineData("https://user@host/v1")]
    [InlineData("socks5://user:pw@proxy:1080")]
    public void FaultOf_AUrlWithCredentials_Refused(string text) =>
        Assert.Equal("must not carry a user name or a password; secrets are given by reference, as api_key", SecretText.FaultOf(text));

    [Theory]
    [InlineData("https://host/v1?key=abc", "key")]
    [InlineData("https://host/v1?a=1&api-key=abc", "api-key")]
    [InlineData("https://host/v1?access_token=abc#part", "access_token")]
    [InlineData("wss://host/v1?X-Amz-Signature=1&sig=abc", "sig")]
    public void FaultOf_AUrlWithASecretInItsQuery_RefusedWithTheParametersName(string text, string name) =>
        Assert.Equal($"must not carry a secret in its query ({name}); secrets are given by reference, as api_key", SecretText.FaultOf(text));

    [Theory]
    [InlineData("sk-proj-abcDEF0123456789abcDEF0123456789_x-y")]
    [InlineData("sk-0123456789abcdef0123456789abcdef")]
    [InlineData("key is sk-ant-api03-abcDEF0123456789abcDEF0123456789")]
    [InlineData("env:hf_abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("AIzaSyA-0123456789abcdefghijklmnopqrstuv")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl")]
    [InlineData("Bearer abcdefghijklmnop")]
    [InlineData("Authorization: bearer abcdefghijklmnop")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    public void FaultOf_ATextWithTheShapeOfASecret_RefusedWithoutRepeatingIt(string text) =>
        Assert.Equal("holds what looks like a secret; secrets are given by reference, as api_key", SecretText.FaultOf(text));

    [Theory]
    [InlineData("")]
    [InlineData("http://localhost:8000/v1")]
    [InlineData("https://host/v1?api-version=2024-10-21&deployment=gpt-4o")]
    [InlineData("https://host/v1?key=")]
    [InlineData("env:OPENAI_API_KEY")]
    [InlineData("file:/run/secrets/openai-api-key-of-the-team-2026")]
    [InlineData("meta-llama/Llama-3.1-70B-Instruct")]
    [InlineData("sk-llm-7b-instruct-v0.1-awq")]
    [InlineData("risk-assessment-of-2026-0123456789abcdef0123456789")]
    [InlineData("Bearer of good news, we bring you tokens")]
    [InlineData("The basic: understanding")]
    [InlineData("Basic instruct")]
    [InlineData("mailto:someone@example.org")]
    [InlineData("see https://user:pw@host for an example")]
    [InlineData("eyJ is how a token begins")]
    public void FaultOf_AnOrdinaryText_Taken(string text) => Assert.Null(SecretText.FaultOf(text));

    [Fact]
    public void FaultOf_AMegabyteOfAlmostSecrets_DecidedAtOnce()
    {
        foreach (var almost in (string[])["sk-", "-sk-a1", "eyJa-", "Bearer ", "://?key&", "ghp_a"])
        {
            Assert.Null(SecretText.FaultOf(string.Concat(Enumerable.Repeat(almost, 1_000_000 / almost.Length))));
        }
    }

    [Theory]
    [InlineData("api_key", true)]
    [InlineData("apiKey", true)]
    [InlineData("x-api-key", true)]
    [InlineData("Ocp-Apim-Subscription-Key", true)]
    [InlineData("Authorization", true)]
    [InlineData("client_secret", true)]
    [InlineData("hf_token", true)]
    [InlineData("token", true)]
    [InlineData("db.password", true)]
    [InlineData("tokens", false)]
    [InlineData("max_tokens", false)]
    [InlineData("eos_token", false)]
    [InlineData("stop_token_ids", false)]
    [InlineData("key", false)]
    [InlineData("keep_alive", false)]
    [InlineData("tokenizer", false)]
    [InlineData("prompt_cache_key", false)]
    [InlineData("secretary", false)]
    public void IsField_AName_CountsWhereItMeansASecretOnly(string name, bool expected) => Assert.Equal(expected, SecretNames.IsField(name));
}
