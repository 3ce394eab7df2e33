using System.Text;
using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class LandedRowTests
{
    private const string Content = "ID,DATE\r\nA,1\n\nB,2\r\nC,3";

    [Theory]
    [InlineData(0, 0, "ID,DATE")]
    [InlineData(8, 0, "ID,DATE")]
    [InlineData(9, 9, "A,1")]
    [InlineData(12, 9, "A,1")]
    [InlineData(13, 13, "")]
    [InlineData(14, 14, "B,2")]
    [InlineData(21, 19, "C,3")]
    public void A_row_is_found_by_any_of_its_bytes(long offset, long start, string text) =>
        Assert.Equal(new LandedRow(start, text), LandedRow.In(Encoding.UTF8.GetBytes(Content), 0, offset));

    [Fact]
    public void Offsets_are_those_of_the_file_and_not_of_the_part_that_was_read() =>
        Assert.Equal(new LandedRow(1_009, "A,1"), LandedRow.In(Encoding.UTF8.GetBytes(Content), 1_000, 1_011));

    [Fact]
    public void A_byte_outside_of_it_has_no_row()
    {
        Assert.Null(LandedRow.In("A"u8, 0, 1));
        Assert.Null(LandedRow.In("A"u8, 5, 4));
    }

    [Fact]
    public void A_long_row_is_cut()
    {
        var row = LandedRow.In(Encoding.UTF8.GetBytes(new string('x', 5_000)), 0, 4_999)!;
        Assert.Equal((0, LandedRow.MaxBytes), (row.Start, row.Text.Length));
    }

    [Fact]
    public void Only_the_first_line_can_be_a_header()
    {
        Assert.True(new LandedRow(0, "\uFEFFID,DATE").IsHeader);
        Assert.False(new LandedRow(8, "ID,DATE").IsHeader);
    }
}
