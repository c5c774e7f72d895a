using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Ui.Playground;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Playground;

public sealed class PlaygroundSinkTests : IDisposable
{
    private readonly FakeCatalog _catalog = new();
    private readonly DefaultHttpContext _http = new();
    private readonly MemoryStream _written = new();
    private readonly PlaygroundSink _sink;

    public PlaygroundSinkTests()
    {
        _http.Response.Body = _written;
        _sink = new PlaygroundSink(new EventWriter(_http.Response), "one", _catalog, _http);
    }

    public void Dispose() => _written.Dispose();

    [Fact]
    public async Task Completed_OfAModelThatWasUpdatedMeanwhile_TellsTheRevisionThatServesNow()
    {
        var old = _catalog.Put(TestModel.Mock());
        await _sink.AcceptedAsync(old);
        var updated = _catalog.Put(TestModel.Mock("""{"text":"new"}"""));
        await _sink.CompletedAsync(new Completion("stop", 1, 2, 3));

        Assert.Equal([old.Revision, updated.Revision], [(long)Events()[0].Data["revision"]!, (long)Events()[1].Data["current_revision"]!]);
    }

    [Fact]
    public async Task Completed_OfAModelThatWasDeletedMeanwhile_TellsNoRevision()
    {
        await _sink.AcceptedAsync(_catalog.Put(TestModel.Mock()));
        _catalog.Remove(TestModel.Mock().Id);
        await _sink.CompletedAsync(new Completion("stop", 1, 2, 3));

        Assert.Null(Events()[1].Data["current_revision"]);
    }

    [Fact]
    public async Task Tokens_ThatCameTogether_AreOneEventWithTheirNumber()
    {
        await _sink.AcceptedAsync(_catalog.Put(TestModel.Mock()));
        Assert.False(_sink.HasToken);
        await _sink.TokensAsync([new AnswerPiece("a\n"), new AnswerPiece("", new AnswerExtras { Reasoning = "hm" }), new AnswerPiece("b")], new AnswerCost(TimeSpan.FromMilliseconds(7), 2), mayWait: false);
        await _sink.TokensAsync([new AnswerPiece("c")], default, mayWait: false);

        var (first, second) = (Events()[1].Data, Events()[2].Data);
        Assert.Equal(("a\nb", "hm", 3), ((string?)first["text"], (string?)first["reasoning"], (int)first["tokens"]!));
        Assert.Equal((7, 2), ((int)first["cost"]!["backend_wait_ms"]!, (int)first["cost"]!["attempts"]!));
        Assert.Null(second["cost"]);
        Assert.True(_sink.HasToken);
    }

    private List<(string Name, JsonNode Data)> Events()
    {
        using var stream = new MemoryStream(_written.ToArray());
        return [.. SseParser.Create(stream).Enumerate().Select(told => (told.EventType, JsonNode.Parse(told.Data)!))];
    }
}
