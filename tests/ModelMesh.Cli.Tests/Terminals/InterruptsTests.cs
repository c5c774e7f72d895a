using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Tests.Terminals;

public sealed class InterruptsTests
{
    [Fact]
    public void CtrlC_GoesToWhoeverAskedLast_AndToTheOneBeforeAfterwards()
    {
        var heard = new List<string>();
        using var interrupts = new Interrupts(() => { });

        Assert.False(interrupts.Raise());
        using (interrupts.On(() => heard.Add("outer")))
        {
            using (interrupts.On(() => heard.Add("inner")))
            {
                Assert.True(interrupts.Raise());
            }

            Assert.True(interrupts.Raise());
        }

        Assert.False(interrupts.Raise());
        Assert.Equal(["inner", "outer"], heard);
    }
}
