using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Random work for a pool, with time that only its events move.</summary>
public sealed class PoolSimulationTests
{
    [Fact]
    public void Whatever_comes_every_invocation_runs_and_no_function_starves()
    {
        var seed = Seeds.Next();
        for (var run = 0; run < 150; run++)
        {
            var dice = new Random(seed + run);
            var world = new PoolWorld(seed + run, new PoolLimits
            {
                MaxEnvironments = dice.Next(1, 9), MaxStarting = dice.Next(1, 4), MaxWaiting = 500,
            })
            {
                StartsFail = true,
            };
            var functions = Enumerable.Range(0, dice.Next(1, 7)).Select(_ => world.NewFunction()).ToArray();
            var until = TimeSpan.FromSeconds(40);
            for (var i = 0; i < 400; i++)
            {
                // A few functions get most of the work.
                var function = functions[Math.Min(dice.Next(functions.Length), dice.Next(functions.Length))];
                world.Ask(
                    function, dice.Next(4) == 0 ? InvocationPriority.Synchronous : InvocationPriority.Background,
                    until * dice.NextDouble(), TimeSpan.FromMilliseconds(dice.Next(5, 600)));
            }

            world.Run();
            Assert.Equal(400, world.Completed + world.Refused);

            // Each start is worth a second of use, or had a place that nobody used.
            var most = 2 * world.Limits.MaxEnvironments * (world.Elapsed / world.Limits.LeastResidency + 1);
            Assert.True(world.Starts <= most, $"seed {seed + run}: {world.Starts} starts in {world.Elapsed}");
        }
    }

    [Fact]
    public void Hundreds_of_files_at_once_start_few_environments_and_leave_the_API_quick()
    {
        var seed = Seeds.Next();
        var world = new PoolWorld(seed, new PoolLimits { MaxEnvironments = 16, MaxStarting = 2 });
        var (intake, catalog, transform) = (world.NewFunction(), world.NewFunction(), world.NewFunction());
        var api = world.NewFunction();
        for (var file = 0; file < 400; file++)
        {
            world.Ask(intake, InvocationPriority.Background, TimeSpan.Zero, TimeSpan.FromMilliseconds(60), () =>
            {
                world.Ask(catalog, InvocationPriority.Background, TimeSpan.Zero, TimeSpan.FromMilliseconds(40));
                world.Ask(transform, InvocationPriority.Background, TimeSpan.Zero, TimeSpan.FromMilliseconds(80));
            });
        }

        for (var call = 0; call < 100; call++)
            world.Ask(api, InvocationPriority.Synchronous, TimeSpan.FromMilliseconds(50 * call),
                TimeSpan.FromMilliseconds(10));
        world.Run();
        Assert.Equal(1_300, world.Completed);
        Assert.InRange(world.Starts, 4, 2 * 16);
        Assert.True(world.LongestSynchronousWait < TimeSpan.FromSeconds(2.5), $"{world.LongestSynchronousWait}");
        Assert.All(new[] { intake, catalog, transform }, function =>
            Assert.True(world.LongestWithoutService(function) < TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public void Endless_work_of_one_function_leaves_every_other_its_share()
    {
        var seed = Seeds.Next();
        foreach (var priority in Enum.GetValues<InvocationPriority>())
        {
            var limits = new PoolLimits { MaxEnvironments = 6, MaxStarting = 2, MaxWaiting = 5_000 };
            var world = new PoolWorld(seed, limits);
            var greedy = world.NewFunction();
            for (var i = 0; i < 3_000; i++)
                world.Ask(greedy, priority, TimeSpan.FromMilliseconds(2 * i), TimeSpan.FromMilliseconds(100));
            var others = Enumerable.Range(0, 4).Select(_ => world.NewFunction()).ToArray();
            foreach (var other in others)
            {
                for (var i = 0; i < 100; i++)
                    world.Ask(other, InvocationPriority.Background, TimeSpan.FromSeconds(2),
                        TimeSpan.FromMilliseconds(100));
            }

            world.Run();

            // Each of them has one of six places at least: 100 times 0.1 s, and a start and its patience before.
            Assert.All(others, other => Assert.InRange(world.Finished(other), TimeSpan.Zero, TimeSpan.FromSeconds(30)));
            Assert.True(world.Finished(greedy) > TimeSpan.FromSeconds(30), "the greedy function had too little to do");
        }
    }
}
