using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Backends.Mock.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Mock_BadSettings_EveryFaultIsListed()
    {
        var exception = Assert.Throws<BackendSettingsException>(() => Mocks.Make(
            """{"tokens":1,"text":"x","first_token_delay_ms":-1,"fail_after_tokens":0,"error_kind":"bad","hang":"yes","journal":"here","health":"ill","health_reason":"x","colour":"red"}"""));

        Assert.Equal(
            "colour error_kind fail_after_tokens first_token_delay_ms hang health health_reason journal text",
            string.Join(' ', exception.Faults.Select(fault => fault.Field).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Mock_ChecksAreToBeWrittenDownNowhere_AFault()
    {
        var exception = Assert.Throws<BackendSettingsException>(() => Mocks.Make("""{"journal_checks":true}"""));

        Assert.Equal("journal_checks", Assert.Single(exception.Faults).Field);
    }

    [Theory]
    [InlineData("{}", BackendHealthState.Healthy, null)]
    [InlineData("""{"health":"starting","health_reason":"42 %"}""", BackendHealthState.Starting, "42 %")]
    [InlineData("""{"health":"unhealthy"}""", BackendHealthState.Unhealthy, null)]
    public async Task CheckHealth_Settings_SayWhatItFinds(string settings, BackendHealthState state, string? reason) =>
        Assert.Equal(new BackendHealth(state, reason), await Mocks.Make(settings).CheckHealthAsync(CancellationToken.None));

    [Fact]
    public void Mock_NoSettings_Fine() => Assert.NotNull(Mocks.Make("{}"));

    [Theory]
    [InlineData("""{"f":1.5}""", 1.5)]
    [InlineData("""{"f":2}""", 2.0)]
    [InlineData("""{"f":null}""", 0.5)]
    [InlineData("{}", 0.5)]
    public void Number_GoodOrAbsent_ValueOrFallback(string json, double expected)
    {
        var reader = Mocks.Settings(json).Reader();

        Assert.Equal(expected, reader.Number("f", 0.5, max: 2));
        reader.Done();
    }

    [Theory]
    [InlineData("""{"f":"x"}""", "must be a number from 0 to 2")]
    [InlineData("""{"f":2.1}""", "must be a number from 0 to 2")]
    public void Number_Bad_AFault(string json, string message) => AssertFault(json, reader => reader.Number("f", max: 2), "f", message);

    [Theory]
    [InlineData("""{"f":1.5}""", "must be a whole number of at least 1")]
    [InlineData("""{"f":0}""", "must be a whole number of at least 1")]
    [InlineData("""{"f":3000000000}""", "must be a whole number from 1 to 2147483647")]
    [InlineData("""{"f":1e400}""", "must be a whole number from 1 to 2147483647")]
    public void WholeNumber_Bad_AFault(string json, string message) => AssertFault(json, reader => reader.WholeNumber("f", min: 1), "f", message);

    [Fact]
    public void Text_NotAString_AFault() => AssertFault("""{"f":1}""", reader => reader.Text("f"), "f", "must be a string");

    [Fact]
    public void Flag_NotABoolean_AFault() => AssertFault("""{"f":"true"}""", reader => reader.Flag("f"), "f", "must be true or false");

    [Theory]
    [InlineData("/relative")]
    [InlineData("ftp://host")]
    public void Endpoint_NotHttp_AFault(string url) => AssertFault($$"""{"f":"{{url}}"}""", reader => reader.Endpoint("f"), "f", "must be an absolute http or https URL");

    [Fact]
    public void Choice_SnakeCase_TheValue() =>
        Assert.Equal(BackendErrorKind.RateLimited, Mocks.Settings("""{"f":"rate_limited"}""").Reader().Choice("f", BackendErrorKind.Internal));

    [Fact]
    public void Section_NotAnObject_AFault() => AssertFault("""{"f":[]}""", reader => reader.Section("f"), "f", "must be an object");

    [Fact]
    public void Secret_AReference_TheSecret() => Assert.Equal("secret", Mocks.Settings("""{"f":"env:KNOWN"}""").Reader().Secret("f"));

    [Fact]
    public void Secret_LeadsNowhere_AFaultThatSaysSo() => AssertFault("""{"f":"env:OTHER"}""", reader => reader.Secret("f"), "f", "leads nowhere");

    [Fact]
    public void Done_AFieldNobodyAskedFor_AFaultThatNamesTheKnownOnes() =>
        AssertFault("""{"x":1}""", reader => reader.Text("f"), "x", "is not a setting of this backend; known are f");

    [Fact]
    public void Done_NoFieldIsKnown_AFaultThatSaysSo() => AssertFault("""{"x":1}""", _ => { }, "x", "is not a setting of this backend; it has none");

    [Fact]
    public void Done_NotAnObject_AFaultOfTheWhole() => AssertFault("[]", reader => reader.Text("f"), "", "must be an object");

    private static void AssertFault(string json, Action<SettingsReader> read, string field, string message)
    {
        var reader = Mocks.Settings(json).Reader();
        read(reader);

        Assert.Equal([new SettingsFault(field, message)], Assert.Throws<BackendSettingsException>(reader.Done).Faults);
    }

    [Fact]
    public async Task FailsAt_OneEndpoint_ThatOneFailsAndTheOthersAnswer()
    {
        const string Settings = """{"text":"here I am","fail_before_first_token":true,"fails_at":"http://a:8000/v1","endpoint":"http://ENDPOINT:8000/v1"}""";

        await Assert.ThrowsAsync<BackendException>(() => Mocks.Make(Settings.Replace("ENDPOINT", "a", StringComparison.Ordinal)).TokensAsync());
        Assert.Equal("here I am", string.Concat(await Mocks.Make(Settings.Replace("ENDPOINT", "b", StringComparison.Ordinal)).TokensAsync()));
    }
}
