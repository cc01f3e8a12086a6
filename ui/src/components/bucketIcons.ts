/** The icons a bucket may have: Lucide names, the first eleven shown at once. An unknown name (set by a script) shows as a package. */
import Archive from "@lucide/svelte/icons/archive";
import BookOpen from "@lucide/svelte/icons/book-open";
import Briefcase from "@lucide/svelte/icons/briefcase";
import Camera from "@lucide/svelte/icons/camera";
import ChartLine from "@lucide/svelte/icons/chart-line";
import Clapperboard from "@lucide/svelte/icons/clapperboard";
import Code from "@lucide/svelte/icons/code";
import Database from "@lucide/svelte/icons/database";
import FileText from "@lucide/svelte/icons/file-text";
import Film from "@lucide/svelte/icons/film";
import FlaskConical from "@lucide/svelte/icons/flask-conical";
import Folder from "@lucide/svelte/icons/folder";
import Globe from "@lucide/svelte/icons/globe";
import GraduationCap from "@lucide/svelte/icons/graduation-cap";
import Hammer from "@lucide/svelte/icons/hammer";
import Heart from "@lucide/svelte/icons/heart";
import Hourglass from "@lucide/svelte/icons/hourglass";
import House from "@lucide/svelte/icons/house";
import Image from "@lucide/svelte/icons/image";
import Mail from "@lucide/svelte/icons/mail";
import MapPin from "@lucide/svelte/icons/map-pin";
import Mic from "@lucide/svelte/icons/mic";
import Music from "@lucide/svelte/icons/music";
import Newspaper from "@lucide/svelte/icons/newspaper";
import Package from "@lucide/svelte/icons/package";
import PackageCheck from "@lucide/svelte/icons/package-check";
import PaintBucket from "@lucide/svelte/icons/paint-bucket";
import Palette from "@lucide/svelte/icons/palette";
import Plane from "@lucide/svelte/icons/plane";
import ReceiptText from "@lucide/svelte/icons/receipt-text";
import Rocket from "@lucide/svelte/icons/rocket";
import Star from "@lucide/svelte/icons/star";
import Users from "@lucide/svelte/icons/users";
import type { IconType } from "./types";

export const bucketIcons: Record<string, IconType> = {
  package: Package,
  image: Image,
  film: Film,
  mic: Mic,
  "file-text": FileText,
  database: Database,
  code: Code,
  archive: Archive,
  globe: Globe,
  briefcase: Briefcase,
  hammer: Hammer,
  "package-check": PackageCheck,
  camera: Camera,
  newspaper: Newspaper,
  clapperboard: Clapperboard,
  "receipt-text": ReceiptText,
  hourglass: Hourglass,
  music: Music,
  folder: Folder,
  "book-open": BookOpen,
  "chart-line": ChartLine,
  "flask-conical": FlaskConical,
  "graduation-cap": GraduationCap,
  heart: Heart,
  house: House,
  mail: Mail,
  "map-pin": MapPin,
  "paint-bucket": PaintBucket,
  palette: Palette,
  plane: Plane,
  rocket: Rocket,
  star: Star,
  users: Users,
};

/** How many of them are shown at once. */
export const FIRST_ICONS = 11;
