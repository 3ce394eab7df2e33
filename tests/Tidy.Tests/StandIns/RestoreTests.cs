namespace Isobar.Tidy.Tests.StandIns;

public sealed class RestoreTests
{
    private const string Core = "Amazon.Lambda.Core";
    private const string RuntimeSupport = "Amazon.Lambda.RuntimeSupport";

    private static readonly (string Id, string Version)[] Wanted =
    [
        (Core, Checkout.Pins[Core]),
        (RuntimeSupport, Checkout.Pins[RuntimeSupport]),
    ];

    [Fact]
    public async Task The_stand_ins_are_taken_where_no_source_has_the_real_packages()
    {
        Checkout.NeedsStandIns(Core, RuntimeSupport);
        using var project = new ScratchProject(Wanted, Checkout.Feed);

        var chosen = await project.RestoreAsync();

        Assert.Equal(Checkout.StandInVersion(Core), chosen[Core]);
        Assert.Equal(Checkout.StandInVersion(RuntimeSupport), chosen[RuntimeSupport]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_real_package_is_taken_where_any_source_has_it(bool standInsComeFirst)
    {
        Checkout.NeedsStandIns(RuntimeSupport);
        var gallery = Directory.CreateTempSubdirectory("isobar-gallery-");
        try
        {
            Package.WriteEmpty(gallery.FullName, Core, Checkout.Pins[Core]);
            string[] sources = standInsComeFirst
                ? [Checkout.Feed, gallery.FullName]
                : [gallery.FullName, Checkout.Feed];
            using var project = new ScratchProject(Wanted, sources);

            var chosen = await project.RestoreAsync();

            // RuntimeSupport is still a stand-in here, and what it needs of Core must not pull in Core's stand-in.
            Assert.Equal(Checkout.Pins[Core], chosen[Core]);
            Assert.Equal(Checkout.StandInVersion(RuntimeSupport), chosen[RuntimeSupport]);
        }
        finally
        {
            gallery.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_real_packages_are_taken_for_every_stand_in_that_there_is()
    {
        var gallery = Directory.CreateTempSubdirectory("isobar-gallery-");
        try
        {
            foreach (var id in Checkout.StandIns)
            {
                Package.WriteEmpty(gallery.FullName, id, Checkout.Pins[id]);
            }

            var wanted = Checkout.StandIns.Select(id => (id, Checkout.Pins[id])).ToList();
            using var project = new ScratchProject(wanted, Checkout.Feed, gallery.FullName);

            var chosen = await project.RestoreAsync();

            Assert.Equal(wanted.ToDictionary(), chosen);
        }
        finally
        {
            gallery.Delete(recursive: true);
        }
    }
}
