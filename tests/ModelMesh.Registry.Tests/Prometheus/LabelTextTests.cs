using ModelMesh.ServiceDefaults.Prometheus.Names;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class LabelTextTests
{
    [Fact]
    public void Of_TagsInAnyOrder_AreSortedByName() => Assert.Equal("""a="1",b="2" """.Trim(), LabelText.Of([new("b", "2"), new("a", "1")]));

    [Fact]
    public void Of_ValueWithSignsOfTheFormat_IsEscaped() => Assert.Equal("""model="a\\b\"c\nd" """.Trim(), LabelText.Of([new("model", "a\\b\"c\nd")]));

    [Fact]
    public void Of_EmptyAndNullValues_AreNoLabels() => Assert.Equal("", LabelText.Of([new("a", ""), new("b", null)]));

    [Fact]
    public void Of_NumbersAndTruth_AreWrittenAsEverywhere() =>
        Assert.Equal("""a="1.5",b="true",c="-3" """.Trim(), LabelText.Of([new("a", 1.5), new("b", true), new("c", -3)]));

    [Fact]
    public void Of_NamesThatBecomeOne_HaveTheirValuesJoined() => Assert.Equal("""a_b="x;y" """.Trim(), LabelText.Of([new("a.b", "x"), new("a-b", "y")]));

    [Theory]
    [InlineData("http.route", "http_route")]
    [InlineData("le", "tag_le")]
    [InlineData("quantile", "tag_quantile")]
    [InlineData("a:b", "a_b")]
    [InlineData("1st", "_1st")]
    [InlineData("", "tag_")]
    public void Name_OfATag_IsOneThatALabelCanHave(string key, string name) => Assert.Equal(name, LabelText.Name(key));
}
