namespace Isobar.Tidy.Tests.StandIns;

public sealed class SurfaceTests
{
    public static TheoryData<string> StandIns => new(Checkout.StandIns);

    /// <summary>
    /// A stand-in offers what its list says, line for line: each line was checked against the real package when it was
    /// written, so a member that no real package has can't slip in.
    /// </summary>
    [Theory]
    [MemberData(nameof(StandIns))]
    public void A_stand_in_offers_exactly_the_listed_surface(string id)
    {
        Checkout.NeedsStandIns(id);
        var listed = File.ReadAllLines(Path.Combine(Checkout.Root, "build", "stand-ins", id, "surface.txt"));

        var offered = Surface.Read(Package.Library(Checkout.Nupkg(id)));

        Assert.Equal(listed, offered);
    }
}
