using System.Text;
using ModelMesh.Registry.Ui.Live;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class LiveFrameTests
{
    [Fact]
    public void Full_OfWhatThereIs_HoldsEveryEntryAndSaysThatItIsAll() => Assert.Equal(
        "event: models\ndata: {\"full\":true,\"set\":{\"a@1\":{\"active\":1},\"b@1\":{\"active\":2}}}\n\n",
        Text(LiveFrame.Full("models", Entries(("a@1", "{\"active\":1}"), ("b@1", "{\"active\":2}")))));

    [Fact]
    public void Difference_OfTwoStates_HoldsWhatIsNewOrOtherAndNamesWhatIsGone() => Assert.Equal(
        "event: models\ndata: {\"set\":{\"b\":2,\"d\":4},\"gone\":[\"c\"]}\n\n",
        Text(LiveFrame.Difference("models", Entries(("a", "1"), ("b", "1"), ("c", "1")), Entries(("a", "1"), ("b", "2"), ("d", "4")))!));

    [Fact]
    public void Difference_OfEqualStates_IsNone() => Assert.Null(LiveFrame.Difference("models", Entries(("a", "1")), Entries(("a", "1"))));

    [Fact]
    public void Difference_OfAKeyThatCouldEndTheEvent_StaysOneLine()
    {
        var frame = Text(LiveFrame.Difference("models", Entries(), Entries(("a\n\nevent: x", "1")))!);

        Assert.Equal(2, frame.TrimEnd('\n').Split('\n').Length);
    }

    private static Dictionary<string, string> Entries(params (string Key, string Value)[] entries) => entries.ToDictionary(entry => entry.Key, entry => entry.Value);

    private static string Text(byte[] frame) => Encoding.UTF8.GetString(frame);
}
