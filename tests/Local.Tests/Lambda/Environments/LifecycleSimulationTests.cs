using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>
/// Random facts, with a model of the outside world that only says what processes, timers and pools can say.
/// </summary>
public sealed class LifecycleSimulationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_order_of_facts_breaks_the_promises_of_an_environment(int externalExtensions)
    {
        var seed = Seeds.Next();
        for (var run = 0; run < 400; run++)
        {
            var world = new EnvironmentWorld(seed + run, externalExtensions);
            for (var step = 0; step < 250; step++) world.Move();
            world.Finish();
            Assert.True(world.Ended, $"seed {seed + run}: shutdown did not end in {world.Phase}");
            Assert.Equal(world.Asked, world.Answered);
        }
    }
}
